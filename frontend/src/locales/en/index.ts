import datasets from './datasets.json';
import desk from './desk.json';
import importing from './importing.json';
import labelling from './labelling.json';
import people from './people.json';
import reviewing from './reviewing.json';
import shell from './shell.json';

export const en = { datasets, desk, importing, labelling, people, reviewing, shell };
