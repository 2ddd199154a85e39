using System.Text.RegularExpressions;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>What shared bits rest on (shared/TRAINING.md §3): nothing in Training whose result depends on a platform, a library or a vector width.</summary>
public sealed partial class NumericsRulesTests
{
    [Fact]
    public void Sources_OfTraining_UseNoBannedNumerics()
    {
        var folder = Path.Combine(RepositoryRoot(), "Worker", "Training");
        var sources = Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories);

        var uses =
            from source in sources
            from line in File.ReadLines(source).Select((text, index) => (Text: text.Split("//")[0], Number: index + 1))
            where Banned().IsMatch(line.Text)
            select $"{Path.GetRelativePath(folder, source)}({line.Number}): {line.Text.Trim()}";

        Assert.Empty(uses);
        Assert.True(sources.Length > 20, $"{folder} is not where the sources are.");
    }

    [Theory]
    [InlineData("MathF.Exp(x)")]
    [InlineData("Math.Pow (x, 2)")]
    [InlineData("float.Tanh(x)")]
    [InlineData("using static System.MathF;")]
    [InlineData("Vector256.Sum(v)")]
    [InlineData("Vector512.Dot(v, w)")]
    [InlineData("Vector.Dot(v, w)")]
    [InlineData("Vector128.MultiplyAddEstimate(a, b, c)")]
    [InlineData("Math.ReciprocalSqrtEstimate(x)")]
    [InlineData("Avx.ReciprocalSqrt(v)")]
    [InlineData("Avx512F.Reciprocal14(v)")]
    [InlineData("Vector512.Exp(v)")]
    [InlineData("Vector<float> v")]
    [InlineData("TensorPrimitives.Add(a, b, c)")]
    [InlineData("values.Sum()")]
    [InlineData("Parallel.For(0, n, body)")]
    public void Banned_LineThatBreaksTheRule_Matches(string line) => Assert.Matches(Banned(), line);

    [Theory]
    [InlineData("MathF.FusedMultiplyAdd(a, b, c)")]
    [InlineData("MathF.Sqrt(x)")]
    [InlineData("Math.Max(a, b)")]
    [InlineData("ElementaryFunctions.Log(sum)")]
    [InlineData("Vector256<float> v")]
    [InlineData("kernels.SumRows(a, b)")]
    public void Banned_ExactOperation_DoesNotMatch(string line) => Assert.DoesNotMatch(Banned(), line);

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CloudSweep.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
        }

        return folder.FullName;
    }

    [GeneratedRegex("""
        \b(MathF?|float|double|Vector(64|128|256|512)?(<\w+>)?)\s*\.\s*(Exp|Log|Pow|Tanh|Sinh?\b|Cosh?\b|SinCos|Tan\b|Cbrt|Hypot|RootN|Sum\b|Dot\b)
        | \w*Estimate\b
        | \.\s*Reciprocal
        | \bVector<
        | \bTensorPrimitives\b
        | \bSystem\.Numerics\b
        | \.\s*(Sum|Average|Aggregate)\s*\(
        | \bDotProduct\b | \bHorizontalAdd\b
        | \bParallel\b | \bThreadPool\b | \bAsParallel\b
        | \busing\s+static\b
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Banned();
}
