namespace CloudSweep.Worker.Tests.Data.Streams;

public enum GzipTextKind
{
    Numbers,
    Random,
    OneLetter,
    TwoLetters,

    /// <summary>The same few bytes again and again.</summary>
    Period,

    /// <summary>What is repeated is about as far back as a match can go.</summary>
    FarRepeats,

    /// <summary>Codes of all lengths.</summary>
    SkewedLetters,
}
