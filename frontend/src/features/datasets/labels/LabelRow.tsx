import { ActionIcon, Menu } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import type { Dataset, Label } from '@/lib/datasets';
import { changeLabel, unmergeLabel, type Usage } from '../api/labels';
import { AttributesDialog } from '../components/AttributesDialog';
import editor from '../components/Editor.module.css';
import { KeySelect } from '../components/KeySelect';
import { LabelKinds } from '../components/LabelKinds';
import classes from './Labels.module.css';
import { MergeDialog } from './MergeDialog';
import { useLabelChange } from './useLabelChange';

interface Props {
  dataset: Dataset;
  label: Label;
  /** Null for one that was never given, undefined while that is not known. */
  usage: Usage | null | undefined;
}

/** A label at work; each change counts at once. */
export function LabelRow(props: Props) {
  return props.label.merged_into === null ? <Own {...props} /> : <Merged {...props} />;
}

function Own({ dataset, label, usage }: Props) {
  const { t } = useTranslation('datasets');
  const [typed, setTyped] = useState(label.name);
  const change = useLabelChange(dataset, (part: Parameters<typeof changeLabel>[2]) =>
    changeLabel(dataset, label.id, part),
  );
  return (
    <>
      <KeySelect
        name={label.name}
        value={label.key}
        taken={dataset.labels.filter(({ retired }) => !retired).map(({ key }) => key)}
        onChange={(key) => change.mutate({ key })}
      />
      <input
        type="color"
        className={editor.colour}
        aria-label={t('editor.colour', { name: label.name })}
        defaultValue={label.colour}
        key={`colour ${label.colour}`}
        // On leaving: the picker reports every shade it passes over.
        onBlur={(event) => {
          if (event.target.value !== label.colour) change.mutate({ colour: event.target.value });
        }}
      />
      <input
        className={classes.name}
        aria-label={t('editor.name', { name: label.name })}
        defaultValue={label.name}
        key={`name ${label.name}`}
        maxLength={100}
        onChange={(event) => setTyped(event.target.value.trim())}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
        }}
        onBlur={(event) => {
          const name = event.target.value.trim();
          setTyped(label.name);
          if (name === '') event.target.value = label.name;
          else if (name !== label.name) change.mutate({ name });
        }}
      />
      <Used usage={usage} renamed={typed !== '' && typed !== label.name} />
      <div className={editor.asks}>
        {dataset.interface === 'image_manual' && dataset.drawing.shapes.length > 1 && (
          <LabelKinds
            label={label}
            drawn={dataset.drawing.shapes}
            onChange={(shapes) => change.mutate({ shapes })}
          />
        )}
        <AttributesDialog
          name={label.name}
          attributes={label.attributes}
          given={usage?.shapes ?? 0}
          onSave={(attributes) => change.mutateAsync({ attributes })}
        />
      </div>
      <Acts
        dataset={dataset}
        label={label}
        onRetire={(retired) => change.mutate({ retired })}
        pending={change.isPending}
      />
    </>
  );
}

function Acts(props: {
  dataset: Dataset;
  label: Label;
  pending: boolean;
  onRetire: (retired: boolean) => void;
}) {
  const { t } = useTranslation('datasets');
  const [merging, setMerging] = useState(false);
  const { dataset, label, pending, onRetire } = props;
  const others = dataset.labels.some(({ id, retired }) => id !== label.id && !retired);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="default"
            size="lg"
            loading={pending}
            aria-label={t('labels.more', { name: label.name })}
          >
            <Icon name="more" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onRetire(!label.retired)}>
            {t(label.retired ? 'labels.revive' : 'labels.retire')}
          </Menu.Item>
          <Menu.Item disabled={!others} onClick={() => setMerging(true)}>
            {t('labels.merge')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {merging && <MergeDialog dataset={dataset} label={label} onClose={() => setMerging(false)} />}
    </>
  );
}

/** A label that counts as another. */
function Merged({ dataset, label, usage }: Props) {
  const { t } = useTranslation('datasets');
  const into = dataset.labels.find(({ id }) => id === label.merged_into)?.name ?? '';
  const undo = useLabelChange(dataset, () => unmergeLabel(dataset, label.id));
  return (
    <>
      <span />
      <span className={classes.dot} style={{ background: label.colour }} />
      <span className={classes.merged}>{t('labels.mergedInto', { name: label.name, into })}</span>
      <Used usage={usage} />
      <button
        type="button"
        className={classes.undo}
        disabled={undo.isPending}
        onClick={() => undo.mutate(undefined)}
        aria-label={t('labels.unmergeOf', { name: label.name })}
      >
        {t('labels.unmerge')}
      </button>
      <span />
    </>
  );
}

function Used({ usage, renamed = false }: Pick<Props, 'usage'> & { renamed?: boolean }) {
  const { t } = useTranslation('datasets');
  if (usage === undefined) return <span className={classes.used} />;
  const { shapes = 0, answers = 0, finals = 0 } = usage ?? {};
  const named = {
    answers: t('labels.answers', { count: answers }),
    finals: t('labels.finals', { count: finals }),
  };
  return (
    <span className={classes.used} title={t('labels.usedIn', named)} role="status">
      {t(renamed && shapes > 0 ? 'labels.renames' : 'labels.used', { count: shapes })}
    </span>
  );
}
