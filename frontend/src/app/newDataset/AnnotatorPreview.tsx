import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '@/components/bench/ActionButton';
import controls from '@/components/bench/controls.module.css';
import frame from '@/components/bench/frame.module.css';
import type { NewDataset } from '@/features/datasets/api/createDataset';
import { OptionList } from '@/features/labelling/components/OptionList';
import { keySign, useBindings } from '@/lib/bindings';
import { hasLabels } from '@/lib/datasets';
import classes from './preview.module.css';
import { PickedTiles, Picture, Shapes } from './PreviewParts';
import { shownOf } from './shown';
import { useChosen } from './useChosen';

/**
 * What those who answer will see, made of what they work with, on a picture of ours. It can be
 * tried; nothing is kept.
 */
export default function AnnotatorPreview({ asked }: { asked: NewDataset }) {
  const { t } = useTranslation('labelling');
  const dataset = shownOf(useDeferredValue(asked));
  const { interface: kind, question, options, choice_style: style } = dataset;
  const [chosen, choose] = useChosen(style);
  return (
    <div className={classes.bench} data-dark>
      <header className={classes.top}>{dataset.name || '…'}</header>
      {question && kind !== 'image_choice' && <h3 className={classes.asked}>{question}</h3>}
      {kind === 'image_choice' ? (
        <PickedTiles question={question} />
      ) : hasLabels(kind) ? (
        <Shapes key={kind} dataset={dataset} />
      ) : (
        <Picture dataset={dataset} />
      )}
      {kind === 'choice' && (
        <div className={classes.side}>
          {options.length === 0 && <p className={frame.hint}>{t('options')} …</p>}
          <OptionList
            name={t('options')}
            options={options}
            digits
            style={style}
            chosen={chosen}
            onChoose={choose}
          />
        </div>
      )}
      <Bar />
    </div>
  );
}

/** The answers, which nothing is done with here. */
function Bar() {
  const { t } = useTranslation('labelling');
  const keys = useBindings();
  const nothing = () => undefined;
  return (
    <div className={`${controls.bar} ${classes.bar}`} inert>
      <ActionButton name={t('reject')} keyName={keySign(keys.reject)} onClick={nothing} />
      <ActionButton name={t('ignore')} keyName={keySign(keys.ignore)} onClick={nothing} />
      <ActionButton
        name={t('accept')}
        keyName={keySign(keys.accept)}
        tone="accept"
        onClick={nothing}
      />
    </div>
  );
}
