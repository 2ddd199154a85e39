namespace CloudSweep.StorageEmulator.Http;

/// <summary>Clients put STORAGE_EMULATOR_HOST before paths in different ways: Node's asks for <c>/b/…</c>, or doubles <c>/storage/v1</c> before uploads.</summary>
internal static class EmulatorHostPath
{
    private const string Api = "/storage/v1";

    public static void Rewrite(HttpRequest request)
    {
        var path = request.Path;
        if (path.StartsWithSegments("/b"))
        {
            request.Path = Api + path;
        }
        else if (path.StartsWithSegments(Api, out var rest) && (rest.StartsWithSegments("/upload" + Api) || rest.StartsWithSegments("/download" + Api)))
        {
            request.Path = rest;
        }
    }
}
