using System.Globalization;
using System.Runtime.CompilerServices;

namespace Pyrite.Testing;

/// <summary>Cultures in which numbers look different: made by hand, so that they are there on every machine, and those of ICU where it is
/// installed.</summary>
internal static class TestCultures
{
    /// <summary>The culture that has everything unlike the invariant one.</summary>
    public const string Unlike = "unlike";

    private static readonly Dictionary<string, Action<CultureInfo>> HandMade = new()
    {
        ["minus"] = culture => culture.NumberFormat.NegativeSign = "\u2212",
        ["comma"] = culture =>
        {
            culture.NumberFormat.NumberDecimalSeparator = ",";
            culture.NumberFormat.NumberGroupSeparator = ".";
        },
        [Unlike] = MakeUnlike,
    };

    /// <summary>The names of the cultures made by hand.</summary>
    public static IEnumerable<string> Names => HandMade.Keys;

    /// <summary>Why cultures of ICU cannot be tried here; null where they can.</summary>
    public static string? WhyNoIcu { get; } = FindWhyNoIcu();

    /// <summary>A culture by its name.</summary>
    public static CultureInfo Of(string name)
    {
        if (!HandMade.TryGetValue(name, out Action<CultureInfo>? change))
        {
            return CultureInfo.GetCultureInfo(name);
        }

        CultureInfo culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        change(culture);
        return culture;
    }

    /// <summary>PYRITE_CULTURE puts a whole run of tests into a culture, on all threads.</summary>
    [ModuleInitializer]
    internal static void Apply()
    {
        if (Environment.GetEnvironmentVariable("PYRITE_CULTURE") is { Length: > 0 } name)
        {
            CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = Of(name);
        }
    }

    private static void MakeUnlike(CultureInfo culture)
    {
        NumberFormatInfo numbers = culture.NumberFormat;
        numbers.NegativeSign = "\u2212";
        numbers.PositiveSign = "\uFF0B";
        numbers.NumberDecimalSeparator = numbers.PercentDecimalSeparator = numbers.CurrencyDecimalSeparator = "\u066B";
        numbers.NumberGroupSeparator = numbers.PercentGroupSeparator = "\u202F";
        numbers.NumberGroupSizes = [3, 2];
        numbers.NumberNegativePattern = 0;
        numbers.NumberDecimalDigits = 5;
        numbers.NaNSymbol = "no number";
        numbers.PositiveInfinitySymbol = "endless";
        numbers.NegativeInfinitySymbol = "\u2212endless";
        numbers.NativeDigits = ["٠", "١", "٢", "٣", "٤", "٥", "٦", "٧", "٨", "٩"];
        numbers.DigitSubstitution = DigitShapes.NativeNational;
        culture.DateTimeFormat.DateSeparator = "\u2044";
        culture.DateTimeFormat.TimeSeparator = "\u2236";
    }

    private static string? FindWhyNoIcu()
    {
        try
        {
            return CultureInfo.GetCultureInfo("sv-SE").NumberFormat.NegativeSign == CultureInfo.InvariantCulture.NumberFormat.NegativeSign
                ? "ICU has no data of sv-SE on this machine." : null;
        }
        catch (CultureNotFoundException)
        {
            return "Globalization is invariant on this machine: there is no ICU, or DOTNET_SYSTEM_GLOBALIZATION_INVARIANT is set.";
        }
    }
}
