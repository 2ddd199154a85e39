namespace CloudSweep.Core.Tests;

public sealed class ArchitectureTests
{
    [Fact]
    public void Core_ReferencesOnlyTheBaseLibrary()
    {
        var references = System.Reflection.Assembly.Load("CloudSweep.Core").GetReferencedAssemblies().Select(assembly => assembly.Name!);

        Assert.All(references, name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
    }
}
