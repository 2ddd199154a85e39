namespace CloudSweep.TestSupport;

/// <summary>Files of the checkout that the tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "CloudSweep.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
