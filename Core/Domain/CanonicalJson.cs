using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

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
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RequireWhatCannotBeNull } },
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Write<T>(T document) => JsonSerializer.Serialize(document, Options);

    /// <exception cref="MalformedDocumentException">The text is not such a document.</exception>
    public static T Read<T>(string text)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Options) ?? throw new MalformedDocumentException($"A {typeof(T).Name} is null.");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            throw new MalformedDocumentException($"Not a {typeof(T).Name}: {exception.Message}", exception);
        }
    }

    // RespectRequiredConstructorParameters would also ask for the nulls that Write leaves out.
    private static void RequireWhatCannotBeNull(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => property.AssociatedParameter is { IsNullable: false, HasDefaultValue: false }))
        {
            property.IsRequired = true;
        }
    }
}
