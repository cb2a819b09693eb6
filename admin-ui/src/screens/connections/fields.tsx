/** The fields of a connection, both sides. */
import { __, sprintf } from '@wordpress/i18n';
import { useHost } from '../../api/client.tsx';
import { FieldRow } from '../../components/form/field-row.tsx';
import { Checkbox, Radios } from '../../components/form/inputs.tsx';
import { AuthFields } from './auth-fields.tsx';
import { Secret, Text, keptText, messages } from './field.tsx';
import type { FieldsProps } from './field.tsx';
import { labelOf } from './labels.ts';
import type { AuthType } from './values.ts';

export function StoreFields( props: FieldsProps ) {
	const { view } = props;
	const tail = view?.store.keyTail ?? null;
	const stays = view === null ? null : keptText();
	return (
		<>
			<Text
				{ ...props }
				name="url"
				path="store.url"
				help={ __(
					'As in WordPress under Settings → General, “Site Address”.',
					'pearlbridge'
				) }
				placeholder="https://shop.example.com"
				disabled={ view !== null && view.paired !== null }
			/>
			<Secret
				{ ...props }
				name="consumerKey"
				path="store.consumerKey"
				help={ __(
					'WooCommerce → Settings → Advanced → REST API, with Read/Write permission. Begins with ck_.',
					'pearlbridge'
				) }
				kept={
					tail === null
						? stays
						: sprintf(
								/* translators: %s: last characters of a key */
								__( 'Set: ends in %s', 'pearlbridge' ),
								tail
							)
				}
			/>
			<Secret
				{ ...props }
				name="consumerSecret"
				path="store.consumerSecret"
				help={ __( 'Begins with cs_.', 'pearlbridge' ) }
				kept={ stays }
			/>
			<Secret
				{ ...props }
				name="webhookSecret"
				path="store.webhookSecret"
				help={ __(
					'Only when you make the webhooks by hand.',
					'pearlbridge'
				) }
				kept={ stays }
			/>
		</>
	);
}

export function BrightpearlFields( props: FieldsProps ) {
	const { values, onChange, view } = props;
	// A paired shop may not point the service at other addresses (`shopEditSchema`).
	const offersSandbox =
		useHost().kind === 'sidecar' &&
		( values.sandbox || view === null || view.brightpearl === null );
	return (
		<>
			<Text
				{ ...props }
				name="account"
				path="brightpearl.account"
				help={ __(
					'The name you sign in to Brightpearl with, in lower case.',
					'pearlbridge'
				) }
				placeholder="acmeshop"
			/>
			<Text
				{ ...props }
				name="apiDomain"
				path="brightpearl.apiDomain"
				help={ __(
					'Brightpearl names it on the page of your app: App Store → Private Apps. Not needed before the consent of OAuth.',
					'pearlbridge'
				) }
				placeholder="euw1.brightpearlconnect.com"
			/>
			<FieldRow
				path="brightpearl.auth"
				label={ labelOf( 'brightpearl.auth' ) }
				faults={ messages( props.faults, 'brightpearl.auth' ) }
				group
			>
				{ () => (
					<Radios< AuthType >
						value={ values.type }
						options={ [
							{
								value: 'private-app',
								label: __( 'Private app', 'pearlbridge' ),
								help: __(
									'For one account: the usual way.',
									'pearlbridge'
								),
							},
							{
								value: 'staff-token',
								label: __( 'Staff token', 'pearlbridge' ),
								help: __(
									'Of a person in Brightpearl; ends with them.',
									'pearlbridge'
								),
							},
							{
								value: 'oauth',
								label: __( 'OAuth', 'pearlbridge' ),
								help: __(
									'A public app with consent; its access is renewed by itself.',
									'pearlbridge'
								),
							},
						] }
						onChange={ ( type ) => onChange( { type } ) }
					/>
				) }
			</FieldRow>
			<AuthFields { ...props } />
			<Text
				{ ...props }
				name="instanceId"
				path="brightpearl.installationInstanceId"
				help={ __(
					'With it Brightpearl itself refuses a second order of the same reference. Without it Pearlbridge looks first, which is slower. OAuth is told it.',
					'pearlbridge'
				) }
			/>
			{ offersSandbox && (
				<FieldRow
					path="brightpearl.sandbox"
					label={ labelOf( 'brightpearl.sandbox' ) }
					help={ __(
						'For trying things out against Pearlbridge’s own stand-in on this machine.',
						'pearlbridge'
					) }
					faults={ messages( props.faults, 'brightpearl.sandbox' ) }
					group
				>
					{ () => (
						<Checkbox
							label={ __( 'This is a sandbox', 'pearlbridge' ) }
							checked={ values.sandbox }
							onChange={ ( sandbox ) => onChange( { sandbox } ) }
						/>
					) }
				</FieldRow>
			) }
			{ offersSandbox && values.sandbox && (
				<Text
					{ ...props }
					name="oauthUrl"
					path="brightpearl.oauthUrl"
					placeholder="https://oauth.brightpearlapp.com"
				/>
			) }
		</>
	);
}
