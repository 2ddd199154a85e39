using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace CloudSweep.GoogleCloud.Tests.PubSub;

/// <summary>The protobuf compiler of the package Grpc.Tools.</summary>
internal static class Protoc
{
    private static readonly string Package = typeof(Protoc).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "GrpcToolsFolder").Value!;

    /// <summary>Reads proto files and what they import.</summary>
    /// <param name="folders">Where imports are looked up.</param>
    /// <param name="files">As an import would name them.</param>
    public static async Task<IReadOnlyDictionary<string, FileDescriptor>> ReadAsync(IEnumerable<string> folders, IEnumerable<string> files)
    {
        var output = Path.GetTempFileName();
        try
        {
            string[] arguments =
            [
                .. folders.Append(Path.Combine(Package, "build", "native", "include")).Select(folder => $"-I{folder}"),
                "--include_imports",
                $"--descriptor_set_out={output}",
                .. files,
            ];
            using var process = Process.Start(new ProcessStartInfo(Compiler(), arguments) { RedirectStandardError = true })!;
            var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, errors);

            var set = FileDescriptorSet.Parser.ParseFrom(await File.ReadAllBytesAsync(output, TestContext.Current.CancellationToken));
            return FileDescriptor.BuildFromByteStrings(set.File.Select(file => file.ToByteString())).ToDictionary(file => file.Name);
        }
        finally
        {
            File.Delete(output);
        }
    }

    private static string Compiler()
    {
        var platform = OperatingSystem.IsWindows() ? "windows_x64"
            : OperatingSystem.IsMacOS() ? "macosx_universal"
            : RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux_arm64"
            : "linux_x64";
        return Path.Combine(Package, "tools", platform, OperatingSystem.IsWindows() ? "protoc.exe" : "protoc");
    }
}
