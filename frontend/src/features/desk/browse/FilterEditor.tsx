import type { Dataset } from '@/lib/datasets';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { choicesQuery } from '../api/browse';
import { DateEditor, DayEditor } from './DateEditor';
import { ChooseMany, ChooseOne } from './ChoiceEditors';
import { NumberEditor, RangeEditor } from './RangeEditor';
import { TextEditor } from './TextEditor';
import { CONFLICTS, RANGES, STATES, VERDICTS, without } from './filter';
import type { TaskFilter } from './filter';
import type { Editor } from './sentence';

/** Where one part of the filter is said anew. */
export function FilterEditor(props: {
  dataset: Dataset;
  filter: TaskFilter;
  name: Editor;
  onFilter: (filter: TaskFilter, replace?: boolean) => void;
  onDone: () => void;
}) {
  const { t } = useTranslation('browse');
  const { dataset, filter, name, onFilter, onDone } = props;
  const choices = useQuery(choicesQuery(dataset.slug)).data;
  const many = (values: readonly string[], words: (value: string) => string) => {
    const chosen = filter[name as 'label'] ?? [];
    return (
      <ChooseMany
        {...{ values, words, chosen }}
        onChange={(next) => {
          const rest = without(filter, name);
          onFilter(next.length > 0 ? { ...rest, [name]: next } : rest, chosen.length > 0);
        }}
      />
    );
  };
  const one = (values: readonly { id: string; name: string }[]) => (
    <ChooseOne
      values={values}
      chosen={filter[name as 'person']}
      onChange={(id) => {
        onFilter({ ...without(filter, name), [name]: id });
        onDone();
      }}
    />
  );
  const range = RANGES.find((each) => each === name);
  if (range) return <RangeEditor key={range} name={range} {...{ filter, onFilter, onDone }} />;
  switch (name) {
    case 'state':
      return many(STATES, (state) => t(`part.state.${state as 'open'}`));
    case 'conflict':
      return many(CONFLICTS, (kind) => t(`part.conflictKind.${kind as 'label'}`));
    case 'label':
      return many(choices?.labels ?? dataset.labels.map((label) => label.name), String);
    case 'tag':
      return many(choices?.tags.map((tag) => tag.name) ?? [], String);
    case 'verdict':
      return one(VERDICTS.map((id) => ({ id, name: t(`part.verdict.${id}`) })));
    case 'person':
      return one(choices?.people ?? []);
    case 'import':
      return one(choices?.imports ?? []);
    case 'text':
      return <TextEditor {...{ filter, onFilter, onDone }} />;
    case 'answers':
      return <NumberEditor {...{ filter, onFilter, onDone }} />;
    case 'day':
      return <DayEditor {...{ filter, onFilter, onDone }} />;
    case 'imported':
      return <DateEditor {...{ filter, onFilter, onDone }} />;
    default:
      return null;
  }
}
