import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Bell } from '@/features/notices/Bell';
import { useMe } from '@/lib/me';
import { Themed } from '../Themed';
import { Breadcrumb } from './Breadcrumb';
import { PaletteButton } from './PaletteButton';
import { Rail } from './Rail';
import classes from './Shell.module.css';
import { useUnsentWork } from './useUnsentWork';
import { UserMenu } from './UserMenu';

export function Shell() {
  const { t } = useTranslation();
  useUnsentWork(useMe().id);
  return (
    <Themed>
      <div className={classes.shell}>
        <a href="#content" className={`unseen ${classes.skip}`}>
          {t('nav.skip')}
        </a>
        <Rail />
        <div className={classes.column}>
          <header className={classes.top}>
            <Breadcrumb />
            <div className={classes.mine}>
              <PaletteButton />
              <Bell />
              <UserMenu />
            </div>
          </header>
          <main id="content" tabIndex={-1} className={classes.main}>
            <Outlet />
          </main>
        </div>
      </div>
    </Themed>
  );
}
