namespace CloudSweep.Cli.Output;

/// <summary>Text of at most 80 columns.</summary>
internal static class WrappedText
{
    private const int Width = 80;

    /// <summary>Writes words after a prefix, later lines indented as far.</summary>
    public static void WriteWrapped(this TextWriter output, string prefix, string text)
    {
        var line = prefix;
        var isFirst = true;
        foreach (var word in text.Split(' '))
        {
            if (!isFirst && line.Length + 1 + word.Length > Width)
            {
                output.WriteLine(line.TrimEnd());
                line = new string(' ', prefix.Length);
                isFirst = true;
            }

            line += isFirst ? word : ' ' + word;
            isFirst = false;
        }

        output.WriteLine(line.TrimEnd());
    }
}
