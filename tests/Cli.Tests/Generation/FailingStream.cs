namespace CloudSweep.Cli.Tests.Generation;

/// <summary>Passes some bytes on, then fails as a full disk does.</summary>
internal sealed class FailingStream(string path, long capacityBytes) : FileStream(path, FileMode.Create)
{
    public override void Write(byte[] array, int offset, int count)
    {
        if (Position + count > capacityBytes)
        {
            throw new IOException("No space left on device");
        }

        base.Write(array, offset, count);
    }
}
