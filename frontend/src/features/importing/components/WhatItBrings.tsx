import { Checkbox, Radio, Select, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatCount } from '@/lib/format';
import type { Looked } from '../api/lineThumbnail';
import type { ListSummary } from '../api/preview';
import { BOX_FORMATS, type ImportOptions } from '../api/startImport';
import classes from './LookAtList.module.css';
import { PeopleFound } from './PeopleFound';

const AS = ['suggestions', 'answers'] as const;
/** The formats in which four numbers are what somebody meant by them. */
const OPEN_TO_DOUBT: readonly (string | null)[] = [
  'json_lines',
  'json_array',
  'answer_table',
  'coco',
];

interface Props {
  looked: Looked;
  onChange: (options: ImportOptions) => void;
}

/** What the lines say of their images, and what is to become of that. */
export function WhatItBrings({ looked, onChange }: Props) {
  const { preview, options } = looked;
  const { summary } = preview;
  if (summary === null) return null;
  const says = summary.shapes + summary.answers + summary.suggestions > 0;
  const unfound = summary.refusals.some(({ code }) => code === 'image_not_found');
  return (
    <Stack gap="sm">
      {(says || options.as === 'answers') && <As looked={looked} onChange={onChange} />}
      {summary.shapes > 0 && OPEN_TO_DOUBT.includes(preview.format) && (
        <BoxFormat options={options} onChange={onChange} />
      )}
      {(unfound || options.base !== '') && <Base options={options} onChange={onChange} />}
      <People summary={summary} options={options} onChange={onChange} />
      <Refusals summary={summary} />
    </Stack>
  );
}

function As({ looked, onChange }: Props) {
  const { t, i18n } = useTranslation('importing');
  const { preview, options } = looked;
  const { shapes, answers, suggestions } = preview.summary ?? NOTHING;
  const counts = [
    t('brings.shapes', { count: shapes, number: formatCount(shapes, i18n.language) }),
    answers > 0 &&
      t('brings.answers', { count: answers, number: formatCount(answers, i18n.language) }),
    suggestions > 0 &&
      t('brings.predictions', {
        count: suggestions,
        number: formatCount(suggestions, i18n.language),
      }),
  ].filter((part) => part !== false);
  return (
    <Radio.Group
      label={t('brings.as')}
      description={counts.join(' · ')}
      value={options.as}
      onChange={(as) => onChange({ ...options, as: as as ImportOptions['as'] })}
    >
      <Stack gap="xs" mt={4}>
        {AS.map((as) => (
          <Radio
            key={as}
            value={as}
            label={t(`brings.${as}`)}
            description={t(`brings.${as}Hint`)}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

const NOTHING = { shapes: 0, answers: 0, suggestions: 0 };

function BoxFormat({ options, onChange }: { options: ImportOptions } & Pick<Props, 'onChange'>) {
  const { t } = useTranslation('importing');
  return (
    <Select
      label={t('brings.boxFormat')}
      maw={360}
      allowDeselect={false}
      data={BOX_FORMATS.map((form) => ({ value: form, label: t(`brings.box.${form}`) }))}
      value={options.box_format}
      onChange={(form) => form !== null && onChange({ ...options, box_format: form })}
    />
  );
}

/** An address is said when it is left, since the list is read anew with it. */
function Base({ options, onChange }: { options: ImportOptions } & Pick<Props, 'onChange'>) {
  const { t } = useTranslation('importing');
  return (
    <TextInput
      label={t('brings.base')}
      description={t('brings.baseHint')}
      maw={480}
      placeholder="https://example.org/images/"
      defaultValue={options.base}
      onBlur={(event) => {
        const base = event.currentTarget.value.trim();
        if (base !== options.base) onChange({ ...options, base });
      }}
    />
  );
}

interface Told {
  summary: ListSummary;
}

function People(props: Told & { options: ImportOptions } & Pick<Props, 'onChange'>) {
  const { t } = useTranslation('importing');
  const { summary, options, onChange } = props;
  if (summary.people.length === 0) return null;
  return (
    <Stack gap="xs">
      <Checkbox
        label={t('brings.match')}
        description={t('brings.matchHint')}
        checked={options.match_people}
        onChange={(event) => onChange({ ...options, match_people: event.currentTarget.checked })}
      />
      <PeopleFound people={summary.people} />
    </Stack>
  );
}

/** Why lines are refused, the most frequent reason first, and where to look. */
function Refusals({ summary }: Told) {
  const { t } = useTranslation('importing');
  if (summary.refusals.length === 0) return null;
  return (
    <section aria-label={t('brings.refused')}>
      <ul className={classes.refusals}>
        {summary.refusals.map(({ code, count, lines, reason }) => (
          <li key={code}>{t('brings.refusal', { count, reason, lines: lines.join(', ') })}</li>
        ))}
      </ul>
    </section>
  );
}
