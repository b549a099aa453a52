import { ApiError } from '@/lib/http';
import { hasLabels, type Role } from '@/lib/datasets';
import type { NewDataset } from '../api/createDataset';

export const STEPS = ['question', 'people', 'images'] as const;
export type Step = (typeof STEPS)[number];

/** Somebody who is to be a member as soon as there is a dataset. */
export interface Invitee {
  readonly email: string;
  readonly role: Role;
}

/** Who is being added, as one or several addresses. */
export interface Typed {
  readonly text: string;
  readonly role: Role;
}

/** All that was said of a dataset that is not made yet; files aside, which no page keeps. */
export interface Draft {
  readonly step: Step;
  readonly dataset: NewDataset;
  readonly people: readonly Invitee[];
  /** Addresses of people that are not on the list yet. */
  readonly typed: Typed;
  /** Addresses of images as they were pasted. */
  readonly addresses: string;
}

export const EMPTY: Draft = {
  step: 'question',
  people: [],
  typed: { text: '', role: 'annotator' },
  addresses: '',
  dataset: {
    name: '',
    description: '',
    interface: 'image_manual',
    labels: [],
    options: [],
    question: '',
    choice_style: 'single',
    auto_accept: false,
    overlap: 2,
    review_policy: 'conflicts',
    shared_shift: false,
    tie_breaker: '',
    coverage: 0.1,
    second_look: 0,
    order: 'as_imported',
    random_share: 0.1,
    spread: 'finish_first',
    skip_policy: 'me_later',
    routing: [],
    rules: {},
    gold: {},
    blocks: [],
    drawing: { shapes: ['rect'] },
  },
};

/** What people often ask, each with the settings that ask it. */
export const TEMPLATES = {
  boxes: { interface: 'image_manual', drawing: { shapes: ['rect'] } },
  outlines: { interface: 'image_manual', drawing: { shapes: ['polygon', 'freehand'] } },
  shapes: { interface: 'image_manual', drawing: { shapes: ['rect', 'polygon', 'freehand'] } },
  yes_no: { interface: 'classification', drawing: {} },
  one_of: { interface: 'choice', choice_style: 'single', drawing: {} },
  some_of: { interface: 'choice', choice_style: 'multiple', drawing: {} },
  pick: { interface: 'image_choice', drawing: {} },
  judge: { interface: 'image', drawing: {} },
} as const satisfies Record<string, unknown>;

export type Template = keyof typeof TEMPLATES;

const NAMES = Object.keys(TEMPLATES) as Template[];

/** The template whose settings these are. */
export function templateOf(dataset: NewDataset): Template {
  const is = (name: Template) =>
    Object.entries(TEMPLATES[name]).every(
      ([key, value]) => JSON.stringify(dataset[key as keyof NewDataset]) === JSON.stringify(value),
    );
  return NAMES.find(is) ?? 'shapes';
}

/** The dataset as the template asks; what was typed stays. */
export function fromTemplate(dataset: NewDataset, name: Template): NewDataset {
  return { ...dataset, auto_accept: false, ...structuredClone(TEMPLATES[name]) } as NewDataset;
}

export type Missing = 'name' | 'labels' | 'options' | 'question';

/** What a dataset cannot be made without and does not have yet, in the order of its fields. */
export function missingIn(dataset: NewDataset): Missing[] {
  const { interface: kind, name, labels, options, question } = dataset;
  const asks = kind === 'classification' || kind === 'image_choice';
  const lacks: Record<Missing, boolean> = {
    name: name.trim() === '',
    question: asks && question.trim() === '',
    labels: hasLabels(kind) && labels.length === 0,
    options: kind === 'choice' && options.length < 2,
  };
  return (Object.keys(lacks) as Missing[]).filter((each) => lacks[each]);
}

/** What was written for another template, before this one was chosen, stays behind. */
export function asked(dataset: NewDataset): NewDataset {
  const choice = dataset.interface === 'choice';
  return {
    ...dataset,
    name: dataset.name.trim(),
    labels: hasLabels(dataset.interface) ? dataset.labels : [],
    options: choice ? dataset.options : [],
    choice_style: choice ? dataset.choice_style : 'single',
    auto_accept: choice && dataset.auto_accept,
  };
}

/** The step with the fields that the server has found fault with; undefined if it names none. */
export function stepOf(error: unknown): Step | undefined {
  const [first] = error instanceof ApiError ? Object.keys(error.errors) : [];
  if (first === undefined) return undefined;
  return first === 'overlap' || first === 'review_policy' ? 'people' : 'question';
}
