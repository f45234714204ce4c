using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Pyrite;

/// <summary>Finds the calls whose result depends on the culture of the thread: formatting and parsing of numbers and dates, letters' cases,
/// comparison and order of strings.</summary>
internal static class CultureRule
{
    private static readonly HashSet<Type> Numbers =
    [
        typeof(sbyte), typeof(byte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(nint),
            typeof(nuint), typeof(Int128), typeof(UInt128), typeof(Half),
        typeof(float), typeof(double), typeof(decimal), typeof(BigInteger), typeof(Complex), typeof(DateTime), typeof(DateTimeOffset),
            typeof(DateOnly), typeof(TimeOnly),
    ];

    /// <summary>Whether a value of the type is a number or a date, or may be none.</summary>
    public static bool IsNumber(Type type) => Numbers.Contains(Nullable.GetUnderlyingType(type) ?? type);

    /// <summary>What is wrong with a call and what to write instead, or null for a call that is the same in every culture.</summary>
    public static string? Fault(MethodCall call)
    {
        MethodBase callee = call.Callee;
        Type type = callee.DeclaringType!;
        Type[] parameters = [.. callee.GetParameters().Select(parameter => parameter.ParameterType)];
        bool hasProvider = parameters.Any(parameter => parameter == typeof(IFormatProvider) || parameter == typeof(CultureInfo));
        if (hasProvider)
        {
            return call.EndsInNull && parameters[^1] == typeof(IFormatProvider)
                && (IsNumber(type) || type == typeof(IFormattable) || type == typeof(Convert))
                ? "a format provider of null is the culture of the thread: give CultureInfo.InvariantCulture" : null;
        }

        return Ambient(type, callee)
            ?? Interpolation(type, callee, parameters)
            ?? Text(call, type, callee, parameters) ?? Strings(type, callee, parameters) ?? Order(type, callee, parameters);
    }

    private static string? Ambient(Type type, MethodBase callee) =>
        (type == typeof(CultureInfo) && callee.Name is "get_CurrentCulture" or "get_CurrentUICulture")
        || (type == typeof(NumberFormatInfo) && callee.Name == "get_CurrentInfo")
        || (type == typeof(DateTimeFormatInfo) && callee.Name == "get_CurrentInfo")
        || (type == typeof(StringComparer) && callee.Name.StartsWith("get_CurrentCulture", StringComparison.Ordinal))
            ? "the culture of the thread must not matter" : null;

    // The libraries' own handler is another type of this name.
    private static string? Interpolation(Type type, MethodBase callee, Type[] parameters)
    {
        if (!callee.IsConstructor)
        {
            return null;
        }

        return (type == typeof(DefaultInterpolatedStringHandler) && parameters.Length == 2)
            || (type == typeof(StringBuilder.AppendInterpolatedStringHandler) && parameters.Length == 3)
                ? "an interpolated string in the culture of the thread: append string.Create(CultureInfo.InvariantCulture, $\"…\"), or "
                    + "Append(CultureInfo.InvariantCulture, $\"…\")" : null;
    }

    private static string? Text(MethodCall call, Type type, MethodBase callee, Type[] parameters)
    {
        bool isNumber = IsNumber(call.Receiver ?? type);
        bool takesNumber = parameters.Any(parameter => IsNumber(parameter));
        bool takesObjects =
            parameters.Any(parameter => parameter == typeof(object) || parameter == typeof(object[]) || parameter == typeof(ReadOnlySpan<object>));
        bool takesOthers =
            takesNumber || takesObjects
                || (callee.IsGenericMethod && callee.GetGenericArguments()[0] is { } item && item != typeof(string) && item != typeof(char));
        return callee.Name switch
        {
            "ToString" when isNumber || call.Receiver is { IsGenericParameter: true } =>
                "ToString without a provider: ToString(CultureInfo.InvariantCulture)",
            "TryFormat" when isNumber => "TryFormat without a provider",
            "Parse" or "TryParse" or "ParseExact" or "TryParseExact" when isNumber =>
                "parses in the culture of the thread: give CultureInfo.InvariantCulture",
            "ToString" when type == typeof(Convert) && takesOthers => "Convert.ToString without a provider",
            _ when type == typeof(Convert) && callee.Name.StartsWith("To", StringComparison.Ordinal) && IsNumber(((MethodInfo)callee).ReturnType)
                && (parameters[0] == typeof(string) || parameters[0] == typeof(object)) && parameters.Length == 1 =>
                    "Convert from text without a provider",
            "Join" or "Concat" when type == typeof(string) && takesOthers => "joins numbers in the culture of the thread: turn them into text first",
            "Format" when type == typeof(string) => "string.Format without a provider",
            "AppendFormat" when type == typeof(StringBuilder) => "AppendFormat without a provider",
            "Append" or "AppendJoin" or "Insert" when type == typeof(StringBuilder) && IsWritten(callee, parameters) =>
                "appends a number in the culture of the thread: Append(CultureInfo.InvariantCulture, $\"{…}\")",
            "Write"
                or "WriteLine" when (typeof(TextWriter).IsAssignableFrom(type) || type == typeof(Console)) && takesOthers
                    && parameters[0] != typeof(char[])
                => "writes a number in the culture of the thread: write an interpolated string",
            _ => null,
        };
    }

    /// <summary>Whether the value that a method of a string builder writes can be a number: not its place or its count.</summary>
    private static bool IsWritten(MethodBase callee, Type[] parameters)
    {
        if (callee.IsGenericMethod)
        {
            return callee.GetGenericArguments()[0] is { } item && item != typeof(string) && item != typeof(char);
        }

        Type written = parameters[callee.Name == "Append" ? 0 : 1];
        return IsNumber(written) || written == typeof(object) || written == typeof(object[]) || written == typeof(ReadOnlySpan<object>);
    }

    private static string? Strings(Type type, MethodBase callee, Type[] parameters)
    {
        bool saysHow = parameters.Any(parameter => parameter == typeof(StringComparison) || parameter == typeof(CompareOptions));
        return (type == typeof(string), callee.Name) switch
        {
            (true, "ToUpper" or "ToLower") when parameters.Length == 0 => "cases of the thread's culture: ToUpperInvariant, ToLowerInvariant",
            (false, "ToUpper" or "ToLower") when type == typeof(char) => "cases of the thread's culture: ToUpperInvariant, ToLowerInvariant",
            (true, "Compare") when !saysHow => "compares in the culture of the thread: string.CompareOrdinal",
            (true, "CompareTo") => "compares in the culture of the thread: string.CompareOrdinal",
            (true, "StartsWith" or "EndsWith" or "IndexOf" or "LastIndexOf") when !saysHow && parameters[0] == typeof(string) =>
                "looks in the culture of the thread: give StringComparison.Ordinal",
            _ => null,
        };
    }

    private static string? Order(Type type, MethodBase callee, Type[] parameters)
    {
        const string Remedy = "orders strings in the culture of the thread: give StringComparer.Ordinal";
        bool hasComparer =
            parameters.Any(
                parameter =>
                    parameter.Name.Contains("Compar", StringComparison.Ordinal) || parameter.Name.StartsWith("Func`3", StringComparison.Ordinal));
        Type[] arguments = [.. type.GetGenericArguments(), .. callee.IsGenericMethod ? callee.GetGenericArguments() : []];
        if (hasComparer || !arguments.Contains(typeof(string)))
        {
            return null;
        }

        bool isSorted =
            callee.IsConstructor && type.Name.Split('`')[0] is "SortedDictionary" or "SortedSet" or "SortedList" && arguments[0] == typeof(string);
        bool isDefault = type == typeof(Comparer<string>) && callee.Name == "get_Default";
        bool sorts = callee.Name switch
        {
            "Sort" => true,
            "Order" or "OrderDescending" or "Min" or "Max" when type == typeof(Enumerable) =>
                arguments[^1] == typeof(string) && parameters.Length == 1,
            "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending" or "MinBy" or "MaxBy" => arguments[^1] == typeof(string),
            _ => false,
        };
        return isSorted || isDefault || sorts ? Remedy : null;
    }
}
