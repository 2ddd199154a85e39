namespace CloudSweep.StorageEmulator.Objects;

/// <summary>An answer other than success, as the service gives it.</summary>
internal sealed class ServiceException(int status, string reason, string message) : Exception(message)
{
    public int Status { get; } = status;

    /// <summary>The service's word for it, such as <c>conditionNotMet</c>.</summary>
    public string Reason { get; } = reason;

    public static ServiceException Invalid(string message) => new(StatusCodes.Status400BadRequest, "invalid", message);

    public static ServiceException NoBucket(string bucket) =>
        new(StatusCodes.Status404NotFound, "notFound", $"The specified bucket does not exist: {bucket}");

    public static ServiceException NoObject(string bucket, string name) => new(StatusCodes.Status404NotFound, "notFound", $"No such object: {bucket}/{name}");

    public static ServiceException ConditionNotMet() =>
        new(StatusCodes.Status412PreconditionFailed, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.");
}
