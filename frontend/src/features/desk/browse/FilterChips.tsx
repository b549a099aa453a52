import { Popover } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import type { Dataset } from '@/lib/datasets';
import { FilterEditor } from './FilterEditor';
import { FilterMenu } from './FilterMenu';
import classes from './FilterChips.module.css';
import { without } from './filter';
import type { TaskFilter } from './filter';
import type { Editor, Part } from './sentence';

interface Props {
  dataset: Dataset;
  filter: TaskFilter;
  parts: readonly Part[];
  /** Opens the menu of filters from outside. */
  adding: boolean;
  onAdding: (adding: boolean) => void;
  onFilter: (filter: TaskFilter, replace?: boolean) => void;
}

/** The filter as chips that read as a sentence; a press changes one, its cross takes it away. */
export function FilterChips(props: Props) {
  const { t } = useTranslation('browse');
  const { filter, parts, onFilter } = props;
  const [editing, setEditing] = useState<Editor | null>(null);
  const isNew = editing !== null && !parts.some(({ editor }) => editor === editing);
  const close = () => setEditing(null);
  const editor = (name: Editor) => <FilterEditor {...props} name={name} onDone={close} />;
  return (
    <div className={classes.chips} role="group" aria-label={t('filters')}>
      {parts.map((part) => (
        <Chip
          key={part.editor}
          part={part}
          open={editing === part.editor}
          onOpen={(open) => setEditing(open ? part.editor : null)}
          onRemove={() => onFilter(without(filter, ...part.names))}
        >
          {editor(part.editor)}
        </Chip>
      ))}
      <Popover
        opened={isNew}
        onChange={close}
        position="bottom-start"
        trapFocus
        returnFocus
        withRoles={false}
      >
        <Popover.Target>
          <span>
            <FilterMenu
              dataset={props.dataset}
              open={props.adding}
              onOpen={props.onAdding}
              onPick={(name) => {
                if (name === 'flagged') onFilter({ ...filter, flagged: true });
                else setEditing(name);
              }}
            />
          </span>
        </Popover.Target>
        <Popover.Dropdown
          role="dialog"
          aria-label={editing ? t(`name.${named(editing)}`) : undefined}
        >
          {isNew && editor(editing)}
        </Popover.Dropdown>
      </Popover>
      {parts.length > 1 && (
        <button type="button" className={classes.clear} onClick={() => onFilter({})}>
          {t('clear')}
        </button>
      )}
    </div>
  );
}

/** Two come from links alone and cannot be edited; they have no name in the menu. */
export function named(editor: Editor): Exclude<Editor, 'behind' | 'task'> {
  return editor === 'behind' || editor === 'task' ? 'text' : editor;
}

function Chip(props: {
  part: Part;
  open: boolean;
  onOpen: (open: boolean) => void;
  onRemove: () => void;
  children: React.ReactNode;
}) {
  const { t } = useTranslation('browse');
  const { text, editor } = props.part;
  const fixed = editor === 'behind' || editor === 'task' || editor === 'flagged';
  return (
    <Popover
      opened={props.open}
      onChange={props.onOpen}
      position="bottom-start"
      trapFocus
      returnFocus
      withRoles={false}
    >
      <Popover.Target>
        <span
          className={classes.chip}
          onKeyDown={(event) => {
            if (event.key === 'Delete' || event.key === 'Backspace') props.onRemove();
          }}
        >
          {fixed ? (
            <span className={classes.text}>{text}</span>
          ) : (
            <button
              type="button"
              className={classes.text}
              aria-expanded={props.open}
              aria-label={t('editPart', { part: text })}
              onClick={() => props.onOpen(!props.open)}
            >
              {text}
            </button>
          )}
          <button
            type="button"
            className={classes.remove}
            aria-label={t('removePart', { part: text })}
            onClick={props.onRemove}
          >
            <Icon name="cross" size={12} />
          </button>
        </span>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t(`name.${named(editor)}`)}>
        {props.children}
      </Popover.Dropdown>
    </Popover>
  );
}
