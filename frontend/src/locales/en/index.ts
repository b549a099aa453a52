import labelling from './labelling.json';
import shell from './shell.json';

/** What the work itself says; the words of the pages around it come with these. */
export const en = { labelling, shell };
