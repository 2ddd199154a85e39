namespace CloudSweep.Cli.Credentials;

/// <summary>Where a folder of credentials stands after <c>credentials create</c>.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Existed">The files were there before, and were kept.</param>
/// <param name="CertificateEnd">When the Coordinator's certificate ends.</param>
/// <param name="CaEnd">When the CA ends.</param>
internal sealed record CreatedCredentials(CredentialsRequest Request, bool Existed, DateTimeOffset CertificateEnd, DateTimeOffset CaEnd);
