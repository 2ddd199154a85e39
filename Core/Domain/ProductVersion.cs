using System.Reflection;

namespace CloudSweep.Core.Domain;

/// <summary>The version of this program.</summary>
public static class ProductVersion
{
    /// <summary>E.g. <c>1.0.0</c>.</summary>
    public static string Text { get; } = typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
