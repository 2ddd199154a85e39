namespace CloudSweep.StorageEmulator.Objects;

/// <summary>A folder of buckets: <c>FOLDER/BUCKET/OBJECT…</c>.</summary>
internal static class DataFolder
{
    public static void Load(string folder, BucketTable buckets)
    {
        foreach (var bucketFolder in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            var bucket = Path.GetFileName(bucketFolder);
            buckets.Ensure(bucket);
            foreach (var path in Directory.EnumerateFiles(bucketFolder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                var name = Path.GetRelativePath(bucketFolder, path).Replace(Path.DirectorySeparatorChar, '/');
                buckets.Put(bucket, new NewObject(name, new FileContent(path)), Preconditions.None);
            }
        }
    }
}
