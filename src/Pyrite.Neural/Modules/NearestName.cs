using Pyrite.Text;

namespace Pyrite.Modules;

/// <summary>Finds the name that was probably meant.</summary>
internal static class NearestName
{
    /// <summary>A remark such as <c> (near: conv1.weight)</c>, or nothing where no candidate is near.</summary>
    public static string Suggest(string name, IEnumerable<string> candidates)
    {
        string? best = null;
        int shortest = Math.Max(2, name.Length / 2) + 1;
        foreach (string candidate in candidates)
        {
            int distance = EditDistance.Between(name, candidate);
            if (distance < shortest)
            {
                (best, shortest) = (candidate, distance);
            }
        }
        return best is null ? "" : $" (near: {best})";
    }
}
