using System.Text.Json.Nodes;
using CloudSweep.StorageEmulator.Objects;

namespace CloudSweep.StorageEmulator.Http;

/// <summary>Create, get, list and delete buckets.</summary>
internal sealed class BucketEndpoints(BucketTable buckets)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/storage/v1/b", CreateAsync);
        routes.MapGet("/storage/v1/b", ListAsync);
        routes.MapGet("/storage/v1/b/{bucket}", GetAsync);
        routes.MapDelete("/storage/v1/b/{bucket}", Delete);
    }

    private async Task CreateAsync(HttpContext context)
    {
        var name = (await JsonBody.ReadAsync(context.Request.Body, context.RequestAborted)).Text("name");
        if (string.IsNullOrEmpty(name))
        {
            throw ServiceException.Invalid("Required: the bucket's name.");
        }

        await context.Response.WriteJsonAsync(StatusCodes.Status200OK, ResourceJson.Of(buckets.Create(name), context.Request.BaseUrl()));
    }

    private Task ListAsync(HttpContext context)
    {
        var prefix = context.Request.Query.Text("prefix") ?? "";
        var found = buckets.All.Where(bucket => bucket.Name.StartsWith(prefix, StringComparison.Ordinal));
        var items = new JsonArray([.. found.Select(bucket => ResourceJson.Of(bucket, context.Request.BaseUrl()))]);
        return context.Response.WriteJsonAsync(StatusCodes.Status200OK, new JsonObject { ["kind"] = "storage#buckets", ["items"] = items });
    }

    private Task GetAsync(HttpContext context) =>
        context.Response.WriteJsonAsync(StatusCodes.Status200OK, ResourceJson.Of(buckets.Get(ObjectPath.Of(context).Bucket!), context.Request.BaseUrl()));

    private Task Delete(HttpContext context)
    {
        buckets.Delete(ObjectPath.Of(context).Bucket!);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
