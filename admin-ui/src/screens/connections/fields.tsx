/** The fields of a connection, by the paths of `connection.json`. */
import { __, sprintf } from '@wordpress/i18n';
import type { ConnectionView } from '../../../../src/contracts/answers.ts';
import { FieldRow } from '../../components/form/field-row.tsx';
import { Checkbox, Radios, TextInput } from '../../components/form/inputs.tsx';
import { labelOf } from './labels.ts';
import { SecretField } from './secret-field.tsx';
import type {
	AuthType,
	ConnectionValues,
	Fault,
	SecretValue,
} from './values.ts';

export interface FieldsProps {
	readonly values: ConnectionValues;
	readonly onChange: ( change: Partial< ConnectionValues > ) => void;
	readonly faults: readonly Fault[];
	/** What is kept; null = a new connection. */
	readonly view: ConnectionView | null;
}

type TextKey = {
	[ K in keyof ConnectionValues ]: ConnectionValues[ K ] extends string
		? K
		: never;
}[ keyof ConnectionValues ];
type SecretKey = {
	[ K in keyof ConnectionValues ]: ConnectionValues[ K ] extends SecretValue
		? K
		: never;
}[ keyof ConnectionValues ];

function messages( faults: readonly Fault[], path: string ): string[] {
	return faults
		.filter( ( fault ) => fault.path === path )
		.map( ( { message } ) => message );
}

export function Text( {
	name,
	path,
	help,
	placeholder,
	disabled = false,
	values,
	onChange,
	faults,
}: FieldsProps & {
	readonly name: TextKey;
	readonly path: string;
	readonly help?: string;
	readonly placeholder?: string;
	readonly disabled?: boolean;
} ) {
	return (
		<FieldRow
			path={ path }
			label={ labelOf( path ) }
			{ ...( help === undefined ? {} : { help } ) }
			faults={ messages( faults, path ) }
		>
			{ ( control ) => (
				<TextInput
					{ ...control }
					autoCapitalize="off"
					disabled={ disabled }
					{ ...( placeholder === undefined ? {} : { placeholder } ) }
					value={ values[ name ] }
					onChange={ ( text ) =>
						onChange( { [ name ]: text.trimStart() } )
					}
				/>
			) }
		</FieldRow>
	);
}

function Secret( {
	name,
	path,
	help,
	kept = null,
	values,
	onChange,
	faults,
}: FieldsProps & {
	readonly name: SecretKey;
	readonly path: string;
	readonly help?: string;
	readonly kept?: string | null;
} ) {
	return (
		<SecretField
			path={ path }
			label={ labelOf( path ) }
			{ ...( help === undefined ? {} : { help } ) }
			kept={ kept }
			value={ values[ name ] }
			onChange={ ( value ) => onChange( { [ name ]: value } ) }
			faults={ messages( faults, path ) }
		/>
	);
}

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

function keptText(): string {
	return __( 'Left empty, what is kept stays.', 'pearlbridge' );
}

export function BrightpearlFields( props: FieldsProps ) {
	const { values, onChange, view } = props;
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
				label={ __( 'How to sign in', 'pearlbridge' ) }
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
			{ ( values.sandbox ||
				view === null ||
				view.brightpearl === null ) && (
				<FieldRow
					path="brightpearl.sandbox"
					label={ __( 'Sandbox', 'pearlbridge' ) }
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
			{ values.sandbox && (
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

function AuthFields( props: FieldsProps ) {
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
						'Without one, give the consent afterwards on the machine that runs Pearlbridge: pearlbridge connection authorize NAME.',
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
