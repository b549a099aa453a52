import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import { hasLabels, may } from '@/lib/datasets';
import type { Dataset } from '@/lib/datasets';
import classes from './FilterChips.module.css';
import type { Editor } from './sentence';

type Name = Exclude<Editor, 'behind' | 'task'>;

const GROUPS: readonly { title: 'task' | 'answers' | 'shapes' | 'came'; names: readonly Name[] }[] =
  [
    { title: 'task', names: ['state', 'verdict', 'label', 'tag', 'text', 'flagged'] },
    { title: 'answers', names: ['conflict', 'person', 'day', 'answers', 'confidence'] },
    { title: 'shapes', names: ['size', 'shapes', 'width', 'height'] },
    { title: 'came', names: ['imported', 'import', 'score'] },
  ];

/** What is for those who see answers, and for managers. */
const FOR_REVIEWERS: readonly Name[] = ['tag', 'flagged', 'conflict', 'person', 'day', 'answers'];
const OF_SHAPES: readonly Name[] = ['label', 'size', 'shapes'];

/** Every filter that this person and this dataset have a use for. */
export function FilterMenu(props: {
  dataset: Dataset;
  open: boolean;
  onOpen: (open: boolean) => void;
  onPick: (name: Name) => void;
}) {
  const { t } = useTranslation('browse');
  const { dataset } = props;
  const fits = (name: Name) =>
    (!FOR_REVIEWERS.includes(name) || may(dataset, 'see_answers')) &&
    (!OF_SHAPES.includes(name) || hasLabels(dataset.interface)) &&
    (name !== 'import' || may(dataset, 'import'));
  return (
    <Menu
      opened={props.open}
      onChange={props.onOpen}
      position="bottom-start"
      width={220}
      returnFocus={false}
    >
      <Menu.Target>
        <button type="button" className={classes.add}>
          <Icon name="plus" size={14} /> {t('add')}
        </button>
      </Menu.Target>
      <Menu.Dropdown mah={420} className={classes.menu}>
        {GROUPS.map(({ title, names }) => (
          <div key={title} role="group" aria-label={t(`group.${title}`)}>
            <Menu.Label>{t(`group.${title}`)}</Menu.Label>
            {names.filter(fits).map((name) => (
              <Menu.Item key={name} onClick={() => props.onPick(name)}>
                {t(`name.${name}`)}
              </Menu.Item>
            ))}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
