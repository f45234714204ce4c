using Pyrite.Text;

namespace Pyrite.Cli.Sampling;

/// <summary>The examples by name.</summary>
internal static class SamplingExamples
{
    // Made when asked for: data and models of the others cost no time at start.
    private static readonly (string Name, string Title, Func<SamplingExample> Create)[] All =
    [
        (EightSchools.Name, EightSchools.Title, EightSchools.NonCentred),
        (EightSchools.CentredName, EightSchools.CentredTitle, EightSchools.Centred),
        (DoseResponse.Name, DoseResponse.Title, DoseResponse.Create),
        (SmoothCurve.Name, SmoothCurve.Title, SmoothCurve.Create),
    ];

    /// <summary>One line an example: name and title.</summary>
    public static string List()
    {
        string list = "";
        foreach ((string name, string title, _) in All)
        {
            list += $"\n  {name,-24}{title}";
        }
        return list;
    }

    /// <summary>The example of a name.</summary>
    /// <exception cref="UsageException">There is none; the message names the nearest and all others.</exception>
    public static SamplingExample Find(string name)
    {
        foreach ((string known, _, Func<SamplingExample> create) in All)
        {
            if (known == name)
            {
                return create();
            }
        }
        string[] names = Array.ConvertAll(All, example => example.Name);
        throw new UsageException(name.Length == 0
            ? $"Name an example to sample: {string.Join(", ", names)}."
            : $"There is no example \"{name}\"{NearestNames.Suggest(name, names)}; there are {string.Join(", ", names)}.");
    }
}
