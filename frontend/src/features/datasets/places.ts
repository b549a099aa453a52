import { type Capability, type Dataset, may } from '@/lib/datasets';

const PLACES = [
  ['/datasets/$slug', 'tab.overview', 'see_dataset'],
  ['/datasets/$slug/progress', 'tab.progress', 'label'],
  ['/datasets/$slug/data', 'tab.data', 'see_finals'],
  ['/datasets/$slug/boxes', 'tab.boxes', 'see_answers'],
  ['/datasets/$slug/import', 'tab.import', 'import'],
  ['/datasets/$slug/groups', 'tab.groups', 'manage'],
  ['/datasets/$slug/review', 'tab.review', 'review'],
  ['/datasets/$slug/insights', 'tab.insights', 'see_answers'],
  ['/datasets/$slug/models', 'tab.models', 'see_answers'],
  ['/datasets/$slug/mine', 'tab.mine', 'label'],
  ['/datasets/$slug/export', 'tab.export', 'export'],
  ['/datasets/$slug/snapshots', 'tab.snapshots', 'export'],
  ['/datasets/$slug/people', 'tab.people', 'manage'],
  ['/datasets/$slug/settings', 'tab.settings', 'manage'],
  ['/datasets/$slug/webhooks', 'tab.webhooks', 'manage'],
  ['/datasets/$slug/audit', 'tab.audit', 'manage'],
] as const satisfies readonly (readonly [string, string, Capability])[];

/** The pages of a dataset, with what they are called, as far as the role may see them. */
export function placesOf(dataset: Dataset): (typeof PLACES)[number][] {
  return PLACES.filter(([to, , capability]) => may(dataset, capability) && fits(dataset, to));
}

/** Groups are made where people pick among images; boxes are listed where people judge them. Who
 * leads comes to their own answers from Insights. */
function fits(dataset: Dataset, to: (typeof PLACES)[number][0]): boolean {
  if (to === '/datasets/$slug/mine') return !may(dataset, 'see_answers');
  if (to === '/datasets/$slug/groups') return dataset.interface === 'image_choice';
  return to !== '/datasets/$slug/boxes' || dataset.interface === 'image';
}
