using System.Text.Json.Serialization;

namespace CloudSweep.StorageEmulator.Faults;

/// <summary>What goes wrong with a request.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Status), "status")]
[JsonDerivedType(typeof(Reset), "reset")]
[JsonDerivedType(typeof(LoseAnswer), "loseAnswer")]
[JsonDerivedType(typeof(Cut), "cut")]
[JsonDerivedType(typeof(WrongBytes), "wrongBytes")]
[JsonDerivedType(typeof(Stall), "stall")]
[JsonDerivedType(typeof(Trickle), "trickle")]
[JsonDerivedType(typeof(Replace), "replace")]
public abstract record FaultEffect
{
    private FaultEffect()
    {
    }

    /// <summary>The request is answered by an error and does nothing.</summary>
    /// <param name="Code">400 to 599: 408, 429, 500, 503 are what the service answers when it is busy.</param>
    /// <param name="RetryAfterSeconds">Value of Retry-After; null sends none.</param>
    public sealed record Status(int Code, int? RetryAfterSeconds = null) : FaultEffect;

    /// <summary>The connection is reset (RST).</summary>
    /// <param name="AfterBytes">
    /// Null: before anything is done. Else, in a request with a body (an upload): after so many of its bytes were taken, and in one without:
    /// after at most so many bytes of the answer's body (a reset overtakes bytes on their way).
    /// </param>
    public sealed record Reset(long? AfterBytes = null) : FaultEffect;

    /// <summary>The request does all it should, then the connection is reset without an answer.</summary>
    public sealed record LoseAnswer : FaultEffect;

    /// <summary>The answer's body ends early by an orderly end of the connection.</summary>
    /// <param name="AfterBytes">Bytes of the body that still come, ≥ 0.</param>
    public sealed record Cut(long AfterBytes) : FaultEffect;

    /// <summary>The answer has the right length, and one bit of it is wrong.</summary>
    /// <param name="At">Which byte of the body, from 0.</param>
    public sealed record WrongBytes(long At = 0) : FaultEffect;

    /// <summary>The answer stops, the connection stays open.</summary>
    /// <param name="AfterBytes">Bytes of the body that still come, after the headers.</param>
    public sealed record Stall(long AfterBytes = 0) : FaultEffect;

    /// <summary>The answer's body comes slowly.</summary>
    /// <param name="BytesPerSecond">≥ 1.</param>
    public sealed record Trickle(long BytesPerSecond) : FaultEffect;

    /// <summary>The object is replaced by other bytes just before the request is served, so that the version before is gone.</summary>
    /// <param name="Content">The new bytes (base64 in JSON); null inverts the old ones, which keeps the size.</param>
    public sealed record Replace(byte[]? Content = null) : FaultEffect;
}
