import { useEffect, useLayoutEffect, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { keySign, useBindings } from '@/lib/bindings';
import frame from '@/components/bench/frame.module.css';
import { pickedIn } from '../work/blocks';
import type { Block } from '../work/blocks';
import type { Blocks } from '../work/useBlocks';
import { OptionList } from './OptionList';
import classes from './BlockPanel.module.css';

/** As long as an answer in words may be; the server says the same. */
const LONGEST = 2000;

/**
 * The questions beside the picture; digits pick in the marked one. Never loaded late: a text that is
 * not there yet cannot have the focus, and what is typed for it would be keys of the picture.
 */
export function BlockPanel(props: { blocks: Blocks; asked: readonly Block[] }) {
  return props.asked.map((block) => (
    <OneBlock key={block.id} block={block} blocks={props.blocks} />
  ));
}

function OneBlock({ block, blocks }: { block: Block; blocks: Blocks }) {
  const { t } = useTranslation('labelling');
  const keys = useBindings();
  const section = useRef<HTMLElement>(null);
  const isMarked = blocks.marked?.id === block.id;
  useEffect(() => {
    if (isMarked) section.current?.scrollIntoView({ block: 'nearest' });
  }, [isMarked]);
  return (
    <section ref={section} className={classes.block} aria-current={isMarked || undefined}>
      <h2 className={frame.heading}>
        {block.title}
        {block.required && <span className={classes.needed}> · {t('block.required')}</span>}
        {blocks.following?.id === block.id && (
          <kbd title={t('keys.block')}>{keySign(keys.block)}</kbd>
        )}
      </h2>
      {block.type === 'choice' ? (
        <OptionList
          name={block.title}
          options={block.options ?? []}
          style={block.multiple ? 'multiple' : 'single'}
          digits={isMarked}
          chosen={pickedIn(block, blocks.said)}
          onChoose={(option) => blocks.pick(block, option)}
        />
      ) : (
        <TextBlock block={block} blocks={blocks} isMarked={isMarked} />
      )}
    </section>
  );
}

/** Has the focus while it is marked; Enter goes on to the next block, Escape back to the picture. */
function TextBlock(props: { block: Block; blocks: Blocks; isMarked: boolean }) {
  const { t } = useTranslation('labelling');
  const { block, blocks, isMarked } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const before = useRef<EventTarget | null>(null);
  useEffect(() => {
    if (isMarked) field.current?.focus();
  }, [isMarked]);

  // The next task starts at the picture, not in the middle of a text.
  useLayoutEffect(() => {
    const element = field.current;
    return () => {
      if (document.activeElement === element) giveBack(before.current, element);
    };
  }, []);

  const leave = (event: KeyboardEvent) => {
    const ends = event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing;
    if (!ends && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    giveBack(before.current, field.current);
    if (ends) blocks.next();
    else blocks.mark(null);
  };

  const value = blocks.said[block.id];
  return (
    <textarea
      ref={field}
      className={classes.text}
      aria-label={block.title}
      title={t('block.text')}
      rows={2}
      maxLength={LONGEST}
      value={typeof value === 'string' ? value : ''}
      onFocus={(event) => {
        before.current = event.relatedTarget;
        if (!isMarked) blocks.mark(block);
      }}
      onChange={(event) => {
        blocks.write(block, event.target.value);
      }}
      onKeyDown={leave}
    />
  );
}

function giveBack(before: EventTarget | null, field: HTMLElement | null): void {
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  else field?.blur();
}
