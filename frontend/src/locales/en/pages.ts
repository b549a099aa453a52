import audit from './audit.json';
import browse from './browse.json';
import composing from './composing.json';
import datasets from './datasets.json';
import desk from './desk.json';
import images from './images.json';
import importing from './importing.json';
import insights from './insights.json';
import models from './models.json';
import notices from './notices.json';
import people from './people.json';
import reviewing from './reviewing.json';
import snapshots from './snapshots.json';
import story from './story.json';
import webhooks from './webhooks.json';

export const pages = {
  audit,
  browse,
  composing,
  datasets,
  desk,
  images,
  importing,
  insights,
  models,
  notices,
  people,
  reviewing,
  snapshots,
  story,
  webhooks,
};
