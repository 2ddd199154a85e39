using System.Text.Json.Serialization;

namespace CloudSweep.GoogleCloud.Storage;

/// <summary>A bucket to create, as the JSON API wants it; everything else is Google's default.</summary>
internal sealed record NewBucket([property: JsonPropertyName("name")] string Name);
