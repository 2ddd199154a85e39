using System.Text.Json.Nodes;
using CloudSweep.StorageEmulator.Objects;

namespace CloudSweep.StorageEmulator.Http;

/// <summary>List, get, delete and compose objects.</summary>
internal sealed class ObjectEndpoints(BucketTable buckets)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/storage/v1/b/{bucket}/o", ListAsync);
        routes.MapGet("/storage/v1/b/{bucket}/o/{name}", GetAsync);
        routes.MapGet("/download/storage/v1/b/{bucket}/o/{name}", GetAsync);
        routes.MapDelete("/storage/v1/b/{bucket}/o/{name}", Delete);
        routes.MapPost("/storage/v1/b/{bucket}/o/{name}/compose", ComposeAsync);
    }

    private Task ListAsync(HttpContext context)
    {
        var page = ListPage.Of(buckets.Get(ObjectPath.Of(context).Bucket!), ListQuery.From(context.Request.Query));
        var document = new JsonObject { ["kind"] = "storage#objects" };
        if (page.NextPageToken is not null)
        {
            document["nextPageToken"] = page.NextPageToken;
        }

        if (page.Prefixes.Count > 0)
        {
            document["prefixes"] = new JsonArray([.. page.Prefixes.Select(prefix => JsonValue.Create(prefix))]);
        }

        if (page.Items.Count > 0)
        {
            document["items"] = new JsonArray([.. page.Items.Select(item => ResourceJson.Of(item, context.Request.BaseUrl()))]);
        }

        return context.Response.WriteJsonAsync(StatusCodes.Status200OK, document);
    }

    private Task GetAsync(HttpContext context)
    {
        var (bucket, name) = ObjectPath.Of(context);
        var item = buckets.Get(bucket!, name!, context.Request.Query.Number("generation"));
        Preconditions.From(context.Request.Query).CheckRead(item);
        return IsMedia(context.Request) ? MediaAnswer.WriteAsync(context, item)
            : context.Response.WriteJsonAsync(StatusCodes.Status200OK, ResourceJson.Of(item, context.Request.BaseUrl()));
    }

    /// <summary>True for requests that ask for an object's bytes.</summary>
    public static bool IsMedia(HttpRequest request) => request.Query["alt"] == "media";

    private Task Delete(HttpContext context)
    {
        var (bucket, name) = ObjectPath.Of(context);
        buckets.Delete(bucket!, name!, context.Request.Query.Number("generation"), Preconditions.From(context.Request.Query));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private async Task ComposeAsync(HttpContext context)
    {
        const int MaxSources = 32;
        var (bucket, name) = ObjectPath.Of(context);
        var body = await JsonBody.ReadAsync(context.Request.Body, context.RequestAborted);
        if (body["sourceObjects"] is not JsonArray { Count: >= 1 and <= MaxSources } sources)
        {
            throw ServiceException.Invalid($"The number of source components provided must be 1 to {MaxSources}.");
        }

        var parts = sources.Select(source => SourceOf(bucket!, source!)).ToList();
        using var bytes = new MemoryStream();
        parts.ForEach(part => bytes.Write(part.Content.ToArray()));
        var composed = new NewObject(
            name!,
            new MemoryContent(bytes.ToArray()),
            body["destination"].Text("contentType"),
            ComponentCount: parts.Sum(part => part.Stored.ComponentCount ?? 1));
        var stored = buckets.Put(bucket!, composed, Preconditions.From(context.Request.Query));
        await context.Response.WriteJsonAsync(StatusCodes.Status200OK, ResourceJson.Of(stored, context.Request.BaseUrl()));
    }

    private EmulatedObject SourceOf(string bucket, JsonNode source)
    {
        var part = buckets.Get(bucket, source.Text("name") ?? "", Number(source, "generation"));
        (Preconditions.None with { GenerationMatch = Number(source["objectPreconditions"], "ifGenerationMatch") }).CheckWrite(part);
        return part;
    }

    private static long? Number(JsonNode? json, string name) => QueryValues.ParseNumber(name, json.Text(name));
}
