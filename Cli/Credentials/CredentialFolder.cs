using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CloudSweep.Core.Domain;

namespace CloudSweep.Cli.Credentials;

/// <summary>A folder with all that a Coordinator and its clients need to trust each other.</summary>
/// <param name="path">Absolute; made when absent.</param>
internal sealed class CredentialFolder(string path)
{
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Readable = OnlyOwner | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Names of the files of <see cref="CredentialFile.All"/> that are there.</summary>
    public IReadOnlyList<string> Existing() => [.. CredentialFile.All.Select(file => file.Name).Where(name => Path.Exists(PathOf(name)))];

    /// <summary>Reads when the Coordinator's certificate and the CA end.</summary>
    /// <param name="hosts">Names that the certificate must have.</param>
    /// <param name="now">The present.</param>
    /// <exception cref="InvalidSettingsException">They are at their end, can't be read or have other names.</exception>
    public (DateTimeOffset CertificateEnd, DateTimeOffset CaEnd) Require(IReadOnlyList<string> hosts, DateTimeOffset now)
    {
        using var certificate = Read(CredentialFile.Certificate);
        using var ca = Read(CredentialFile.Ca);
        var wayOut = $"Move what is in {path} away, or give another folder, to have new ones.";
        string[] mistakes =
        [
            .. hosts.Except(NamesOf(certificate), StringComparer.OrdinalIgnoreCase).Select(host => $"{CredentialFile.Certificate} in {path} is not for --host '{host}'. {wayOut}"),
            .. from file in new[] { (Name: CredentialFile.Certificate, End: EndOf(certificate)), (Name: CredentialFile.Ca, End: EndOf(ca)) }
               where file.End <= now
               select FormattableString.Invariant($"{file.Name} in {path} ended at {file.End:u}. {wayOut}"),
        ];
        return mistakes.Length == 0 ? (EndOf(certificate), EndOf(ca)) : throw new InvalidSettingsException(mistakes);
    }

    /// <summary>Lets <paramref name="writeAll"/> make the files in a folder aside, and moves them here once all of them are there. After a failure none is.</summary>
    public async Task FillAsync(Func<CredentialFolder, Task> writeAll)
    {
        var isNew = !Directory.Exists(path);
        MakeFolder(path);
        var aside = PathOf($".new-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}");
        var moved = new List<string>();
        try
        {
            MakeFolder(aside);
            var source = new CredentialFolder(aside);
            await writeAll(source);
            foreach (var file in CredentialFile.All)
            {
                File.Move(source.PathOf(file.Name), PathOf(file.Name), overwrite: false);
                moved.Add(PathOf(file.Name));
            }
        }
        catch
        {
            moved.ForEach(File.Delete);
            throw;
        }
        finally
        {
            if (Directory.Exists(aside))
            {
                Directory.Delete(aside, recursive: true);
            }

            if (isNew && !Directory.EnumerateFileSystemEntries(path).Any())
            {
                Directory.Delete(path);
            }
        }
    }

    public async Task WriteAsync(string name, string text, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = CredentialFile.All.First(file => file.Name == name).IsSecret ? OnlyOwner : Readable;
        }

        await using var writer = new StreamWriter(PathOf(name), options) { NewLine = "\n" };
        await writer.WriteLineAsync(text.TrimEnd('\n').AsMemory(), cancellationToken);
    }

    public string PathOf(string name) => Path.Combine(path, name);

    private static IEnumerable<string> NamesOf(X509Certificate2 certificate) => certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
        .SelectMany(names => (IEnumerable<string>)[.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(address => address.ToString())]);

    private static DateTimeOffset EndOf(X509Certificate2 certificate) => new(certificate.NotAfter.ToUniversalTime());

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OnlyOwner | UnixFileMode.UserExecute);
        }
    }

    private X509Certificate2 Read(string name)
    {
        try
        {
            return X509Certificate2.CreateFromPem(File.ReadAllText(PathOf(name)));
        }
        catch (CryptographicException exception)
        {
            throw new InvalidSettingsException([$"{name} in {path} is no certificate: {exception.Message} Move what is in {path} away, or give another folder."]);
        }
    }
}
