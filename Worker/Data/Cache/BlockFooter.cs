using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Data.Cache;

/// <summary>Index of a block file, and what the pass that made it learned.</summary>
/// <param name="HeaderLength">Bytes of the header.</param>
/// <param name="HeaderHash">XxHash3 of the header.</param>
internal sealed record BlockFooter(int HeaderLength, ulong HeaderHash, IReadOnlyList<BlockEntry> Blocks, ShardProfile Profile);
