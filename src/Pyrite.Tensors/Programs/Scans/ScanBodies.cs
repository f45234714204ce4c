using System.Reflection;

namespace Pyrite.Programs.Scans;

/// <summary>The bodies that were recorded before: code and gradients of equal ones are shared.</summary>
internal static class ScanBodies
{
    private const int Most = 500;

    private static readonly Lock Gate = new();
    private static readonly Dictionary<ScanBody, ScanBody> Bodies = [];
    private static readonly HashSet<(MethodInfo, ScanBody)> Uniform = [];
    private static readonly HashSet<MethodInfo> Told = [];

    /// <summary>The body that stands for all equal ones.</summary>
    public static ScanBody Shared(ScanBody body)
    {
        lock (Gate)
        {
            if (Bodies.Count >= Most)
            {
                Bodies.Clear();
                Uniform.Clear();
            }
            return Bodies.TryGetValue(body, out ScanBody? known) ? known : Bodies[body] = body;
        }
    }

    /// <summary>Whether a method was seen to do the same in two calls.</summary>
    public static bool IsUniform(MethodInfo method, ScanBody body)
    {
        lock (Gate)
        {
            return Uniform.Contains((method, body));
        }
    }

    /// <summary>A method did the same in two calls.</summary>
    public static void NoteUniform(MethodInfo method, ScanBody body)
    {
        lock (Gate)
        {
            Uniform.Add((method, body));
        }
    }

    /// <summary>Says once for each method that it is called in every round.</summary>
    public static void TellApart(MethodInfo method, string reason)
    {
        bool isNew;
        lock (Gate)
        {
            isNew = !AnomalyMode.IsOn && Told.Add(method);
        }
        if (isNew)
        {
            Console.Error.WriteLine(
                $"Pyrite: Scan calls its body {method.DeclaringType?.Name}.{method.Name} in every round and runs it operation by operation, because "
                    + $"{reason}. Use Tensor.Where for choices, and pass what differs by round as an input.");
        }
    }
}
