import { ScreenHeading } from '../../components/blocks.tsx';

export default function SettingsScreen() {
	return <ScreenHeading title="Settings" />;
}
