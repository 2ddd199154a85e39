using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace CloudSweep.Coordinator.Configuration;

/// <summary>Checks the attributes on the properties of a section, and names settings as people write them.</summary>
internal sealed class AnnotationRules<T>(string section) : IValidateOptions<T>
    where T : class
{
    public ValidateOptionsResult Validate(string? name, T options)
    {
        string[] mistakes =
        [
            .. from property in typeof(T).GetProperties()
               let value = property.GetValue(options)
               from rule in property.GetCustomAttributes<ValidationAttribute>()
               where !rule.IsValid(value)
               select string.Create(CultureInfo.InvariantCulture, $"{section}:{property.Name} ({value}) {Describe(rule)}."),
        ];
        return mistakes.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static string Describe(ValidationAttribute rule) => rule is RangeAttribute range
        ? string.Create(CultureInfo.InvariantCulture, $"must be {range.Minimum} to {range.Maximum}")
        : rule.ErrorMessage!;
}
