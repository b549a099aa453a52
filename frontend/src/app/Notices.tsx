import { Notifications } from '@mantine/notifications';
import { Themed } from './Themed';

export default function Notices() {
  return (
    <Themed>
      <Notifications position="bottom-right" limit={3} autoClose={5000} />
    </Themed>
  );
}
