namespace CloudSweep.Worker.Training;

/// <summary>The rows of one data set as a job's lanes see them: scaled, split and ordered by its order seed.</summary>
internal interface ITrainingRows
{
    int FeatureCount { get; }

    /// <summary>0 when the label is a number.</summary>
    int ClassCount { get; }

    /// <summary>Deviation of the raw labels that the tiles' targets are in units of; 1 when the label is a class.</summary>
    double TargetDeviation { get; }

    long TrainRows { get; }

    long ValidationRows { get; }

    /// <summary>Rows that are only scored at the end; may be 0.</summary>
    long TestRows { get; }

    /// <summary>Training rows of an epoch (from 0) in training order, from row <paramref name="firstRow"/> of that order on.</summary>
    IRowReader OpenEpoch(int epoch, long firstRow);

    /// <summary>All validation rows in shard and row order.</summary>
    IRowReader OpenValidation();

    /// <summary>All test rows in shard and row order.</summary>
    IRowReader OpenTest();
}
