"""Pure rules of coding: passages, masks, filters, drafts."""
