using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CloudSweep.Core.Domain;

/// <summary>
/// The one text form of the documents that store and wire both carry: specs, shard tables, profiles, parameters.
/// Members are in declaration order and numbers round-trip, so equal documents have equal text.
/// </summary>
public static class CanonicalJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Write<T>(T document) => JsonSerializer.Serialize(document, Options);

    /// <summary>Appends the text of <see cref="Write{T}(T)"/> in UTF-8.</summary>
    public static void Write<T>(T document, IBufferWriter<byte> utf8)
    {
        using var writer = new Utf8JsonWriter(utf8, new JsonWriterOptions { SkipValidation = true });
        JsonSerializer.Serialize(writer, document, Options);
    }

    /// <exception cref="MalformedDocumentException">The text is not such a document.</exception>
    public static T Read<T>(string text)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Options) ?? throw IsNull<T>();
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            throw Malformed<T>(exception);
        }
    }

    /// <inheritdoc cref="Read{T}(string)"/>
    /// <param name="utf8">The text in UTF-8.</param>
    public static T Read<T>(ReadOnlySpan<byte> utf8)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(utf8, Options) ?? throw IsNull<T>();
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            throw Malformed<T>(exception);
        }
    }

    private static MalformedDocumentException IsNull<T>() => new($"A {typeof(T).Name} is null.");

    private static MalformedDocumentException Malformed<T>(Exception exception) => new($"Not a {typeof(T).Name}: {exception.Message}", exception);
}
