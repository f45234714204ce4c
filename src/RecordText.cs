using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Pyrite;

/// <summary>The text of a record as the compiler writes it, but in the invariant culture; the compiler's own writes numbers in the culture of the
/// thread.</summary>
/// <remarks>Compiled into every library: a public record with numbers says <c>public override string ToString() => RecordText.Of(this);</c>, which a
/// house rule asks for.</remarks>
[Microsoft.CodeAnalysis.Embedded]
internal static class RecordText
{
    /// <summary><c>Name { First = 1, Second = 2.5 }</c>: all public properties in the order of their declaration.</summary>
    public static string Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(T record) where T : notnull
    {
        Type type = typeof(T);
        StringBuilder text = new(type.Name.Split('`')[0]);
        string separator = " { ";
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(one => one.GetIndexParameters().Length == 0).OrderBy(one => one.MetadataToken))
        {
            text.Append(separator).Append(property.Name).Append(" = ").Append(Text(property.GetValue(record)));
            separator = ", ";
        }

        return text.Append(" }").ToString();
    }

    private static string? Text(object? value) => value switch
    {
        ITuple tuple => $"({string.Join(", ", Enumerable.Range(0, tuple.Length).Select(i => Text(tuple[i])))})",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString(),
    };
}
