namespace CloudSweep.Cli.Credentials;

/// <summary>A file of <c>credentials create</c>.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="IsSecret">Only its owner may read it.</param>
/// <param name="Purpose">Who gets it, in few words.</param>
internal sealed record CredentialFile(string Name, bool IsSecret, string Purpose)
{
    public const string Ca = "ca.pem";
    public const string CaKey = "ca.key";
    public const string Certificate = "tls.pem";
    public const string Key = "tls.key";
    public const string Tokens = "tokens";
    public const string SubmitterToken = "submitter.token";
    public const string WorkerToken = "worker.token";
    public const string ScalerClient = "scaler-client.pem";
    public const string ScalerClientKey = "scaler-client.key";

    /// <summary>All of them, in the order in which they are told.</summary>
    public static IReadOnlyList<CredentialFile> All { get; } =
    [
        new(Ca, IsSecret: false, "for all that trust it: --ca-file, Worker:CaFile, Scaler:ClientCaFile"),
        new(CaKey, IsSecret: true, "signs further certificates: keep it away from all hosts"),
        new(Certificate, IsSecret: false, "Coordinator: Tls:CertificateFile, Scaler:CertificateFile"),
        new(Key, IsSecret: true, "Coordinator: Tls:KeyFile, Scaler:KeyFile"),
        new(Tokens, IsSecret: true, "Coordinator: Tokens:File; only hashes are in it"),
        new(SubmitterToken, IsSecret: true, "people and their tools: --token-file"),
        new(WorkerToken, IsSecret: true, "Workers: Worker:TokenFile"),
        new(ScalerClient, IsSecret: false, "KEDA: tlsClientCert"),
        new(ScalerClientKey, IsSecret: true, "KEDA: tlsClientKey"),
    ];
}
