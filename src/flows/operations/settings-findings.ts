/**
 * What of a connection's settings Brightpearl does not know, or the shop cannot do: told by
 * `connection check` before an order meets it. Only reads.
 */
import type { Finding } from '../../contracts/answers.ts';
import type { Settings } from '../../contracts/settings.ts';
import { unknownSettings, type UnknownSetting } from './settings-unknown.ts';

export async function settingsFindings(
	brightpearl: Parameters< typeof unknownSettings >[ 0 ],
	settings: Settings,
	isPaired: boolean,
	storeStatuses: Parameters< typeof unknownSettings >[ 2 ]
): Promise< Finding[] > {
	const unknown = await unknownSettings(
		brightpearl,
		settings,
		storeStatuses
	);
	return [
		...unknown.map( finding ),
		...quietFindings( settings.writeBack, isPaired ),
	];
}

function finding( { side, level, message, fix }: UnknownSetting ): Finding {
	return { side, code: 'setting-unknown', level, message, fix };
}

/** Only the plugin can hold customer mails back. */
function quietFindings(
	{ mails, status }: Settings[ 'writeBack' ],
	isPaired: boolean
): Finding[] {
	return mails === 'quiet' && ! isPaired && Object.keys( status ).length > 0
		? [
				{
					side: 'store',
					code: 'write-back-refused',
					level: 'error',
					message:
						'writeBack.status is set and writeBack.mails is "quiet", which only the plugin in the shop can do: no status is written into the shop.',
					fix: 'Pair the plugin, or set writeBack.mails to "send" if the shop\'s own mails are welcome.',
				},
			]
		: [];
}
