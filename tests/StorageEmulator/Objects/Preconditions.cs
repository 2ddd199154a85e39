namespace CloudSweep.StorageEmulator.Objects;

/// <summary>What a request demands of the version that is there. Null demands nothing.</summary>
internal sealed record Preconditions(long? GenerationMatch, long? GenerationNotMatch, long? MetagenerationMatch, long? MetagenerationNotMatch)
{
    public static Preconditions None { get; } = new(null, null, null, null);

    /// <exception cref="ServiceException">A value is no number.</exception>
    public static Preconditions From(IQueryCollection query) => new(
        query.Number("ifGenerationMatch"),
        query.Number("ifGenerationNotMatch"),
        query.Number("ifMetagenerationMatch"),
        query.Number("ifMetagenerationNotMatch"));

    /// <exception cref="ServiceException">412, or 304 where only a "not match" fails.</exception>
    public void CheckRead(EmulatedObject current)
    {
        CheckMatch(current);
        if (GenerationNotMatch == current.Generation || MetagenerationNotMatch == EmulatedObject.Metageneration)
        {
            throw new ServiceException(StatusCodes.Status304NotModified, "notModified", "Not Modified");
        }
    }

    /// <summary>An object that is not there has generation 0.</summary>
    /// <exception cref="ServiceException">412.</exception>
    public void CheckWrite(EmulatedObject? current)
    {
        CheckMatch(current);
        if (GenerationNotMatch == (current?.Generation ?? 0) || (current is not null && MetagenerationNotMatch == EmulatedObject.Metageneration))
        {
            throw ServiceException.ConditionNotMet();
        }
    }

    private void CheckMatch(EmulatedObject? current)
    {
        var metageneration = current is null ? 0 : EmulatedObject.Metageneration;
        if ((GenerationMatch ?? current?.Generation ?? 0) != (current?.Generation ?? 0) || (MetagenerationMatch ?? metageneration) != metageneration)
        {
            throw ServiceException.ConditionNotMet();
        }
    }
}
