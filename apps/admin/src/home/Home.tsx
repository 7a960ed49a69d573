import { Title } from 'react-admin';
import { useText } from '../i18n';

export function Home() {
  const text = useText();
  return <Title title={text('frame.home')} />;
}
