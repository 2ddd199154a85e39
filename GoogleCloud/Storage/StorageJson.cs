using System.Text.Json.Serialization;

namespace CloudSweep.GoogleCloud.Storage;

// 64-bit numbers are strings in Google's JSON, and numbers in that of some emulators.
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowReadingFromString, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ObjectPage))]
[JsonSerializable(typeof(ObjectResource))]
[JsonSerializable(typeof(NewObject))]
internal sealed partial class StorageJson : JsonSerializerContext;
