namespace Pyrite.Images;

/// <summary>Where downloaded data sets are kept.</summary>
internal static class DataFolder
{
    /// <summary>The environment variable that names another place.</summary>
    public const string Variable = "PYRITE_DATA";

    /// <summary>A set's folder in the place that <see cref="Variable"/> names, else among the user's own files.</summary>
    /// <param name="set">The set's name.</param>
    public static string Of(string set) => Path.Combine(
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen ? chosen
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
                "pyrite", "data"),
        set);
}
