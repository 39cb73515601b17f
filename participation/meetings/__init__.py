"""Theme dialogues and meetings: what tables say, what the room puts first."""
