import { __ } from '@wordpress/i18n';
import { Secret, Text, keptText } from './field.tsx';
import type { FieldsProps } from './field.tsx';

/** What each way of signing in to Brightpearl needs. */
export function AuthFields( props: FieldsProps ) {
	const { values, view } = props;
	const same = view?.brightpearl?.auth.type === values.type;
	const kept = same ? keptText() : null;
	if ( values.type === 'oauth' ) {
		return (
			<>
				<Text
					{ ...props }
					name="clientId"
					path="brightpearl.auth.clientId"
				/>
				<Secret
					{ ...props }
					name="clientSecret"
					path="brightpearl.auth.clientSecret"
					kept={ kept }
				/>
				<Text
					{ ...props }
					name="devRef"
					path="brightpearl.auth.devRef"
				/>
				<Secret
					{ ...props }
					name="refreshToken"
					path="brightpearl.auth.refreshToken"
					help={ __(
						'Leave it empty: after saving, “Authorize with Brightpearl” gets one. Fill it in only when you have one already.',
						'pearlbridge'
					) }
					kept={ kept }
				/>
			</>
		);
	}
	const isApp = values.type === 'private-app';
	return (
		<>
			<Text
				{ ...props }
				name="appRef"
				path="brightpearl.auth.appRef"
				placeholder="acmeshop_pearlbridge"
			/>
			<Secret
				{ ...props }
				key={ values.type }
				name={ isApp ? 'accountToken' : 'staffToken' }
				path={
					isApp
						? 'brightpearl.auth.accountToken'
						: 'brightpearl.auth.staffToken'
				}
				kept={ kept }
			/>
		</>
	);
}
