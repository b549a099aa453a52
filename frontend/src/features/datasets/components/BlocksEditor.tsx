import { ActionIcon, Button, Checkbox, Input, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import { fieldError } from '@/lib/errorText';
import { blockOf, kindOf, newBlock, KINDS } from '../blocks';
import type { Block, Kind } from '../blocks';
import classes from './BlocksEditor.module.css';
import { OptionsEditor } from './OptionsEditor';

/** What is asked beside every image; the server takes at most so many. */
const MOST = 20;

export function BlocksEditor(props: {
  blocks: readonly Block[];
  /** Why saving failed, if it did. */
  error: unknown;
  onChange: (blocks: Block[]) => void;
}) {
  const { t } = useTranslation('datasets');
  const { blocks, error, onChange } = props;
  const put = (at: number, block: Block) =>
    onChange(blocks.map((old, n) => (n === at ? block : old)));
  return (
    <Input.Wrapper
      label={t('blocks.title')}
      description={t('blocks.hint')}
      labelElement="div"
      error={fieldError(error, 'blocks')}
    >
      <ol className={classes.blocks}>
        {blocks.map((block, at) => (
          <li key={at} aria-label={t('blocks.heading', { n: at + 1 })}>
            <BlockFields
              block={block}
              error={
                fieldError(error, `blocks.${block.id}`) ?? fieldError(error, `blocks.${at + 1}`)
              }
              onChange={(changed) => put(at, changed)}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('blocks.remove', { n: at + 1 })}
              onClick={() => onChange(blocks.filter((_, n) => n !== at))}
            >
              <Icon name="trash" />
            </ActionIcon>
          </li>
        ))}
      </ol>
      {blocks.length < MOST && (
        <Button variant="default" size="xs" onClick={() => onChange([...blocks, newBlock(blocks)])}>
          {t('blocks.add')}
        </Button>
      )}
    </Input.Wrapper>
  );
}

function BlockFields(props: {
  block: Block;
  error: string | undefined;
  onChange: (block: Block) => void;
}) {
  const { t } = useTranslation('datasets');
  const { block, error, onChange } = props;
  return (
    <div className={classes.fields}>
      <TextInput
        label={t('blocks.name')}
        required
        withAsterisk={false}
        maxLength={500}
        error={error}
        value={block.title}
        onChange={(event) => onChange({ ...block, title: event.currentTarget.value })}
      />
      <TextInput
        label={t('blocks.id')}
        required
        withAsterisk={false}
        maxLength={50}
        pattern="[A-Za-z][A-Za-z0-9_\-]*"
        value={block.id}
        onChange={(event) => onChange({ ...block, id: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('blocks.type')}
        data={KINDS.map((kind) => ({ value: kind, label: t(`blocks.${kind}`) }))}
        value={kindOf(block)}
        onChange={(event) => onChange(blockOf(block, event.currentTarget.value as Kind))}
      />
      {block.type === 'choice' && (
        <OptionsEditor
          options={block.options ?? []}
          onChange={(options) => onChange({ ...block, options })}
        />
      )}
      <Checkbox
        label={t('blocks.required')}
        checked={block.required ?? false}
        onChange={(event) => onChange({ ...block, required: event.currentTarget.checked })}
      />
    </div>
  );
}
