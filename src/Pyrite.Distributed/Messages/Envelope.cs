using System.Buffers.Binary;
using System.Text;

namespace Pyrite.Messages;

/// <summary>The first message of an exchange: what it is for, how many bytes there are, and those bytes themselves where they are few.</summary>
/// <remarks>Layout: a mark (4 bytes), the length of the purpose (4), the exchange's number (8), the length of the payload (4) and of
/// what is expected in return (4), the purpose in UTF-8 (up to 160), the payload if it fits.</remarks>
internal sealed class Envelope
{
    /// <summary>The size of the largest envelope, which all transports send at once, without asking the receiver first.</summary>
    public const int MostBytes = 4_096;

    private const uint Mark = 0x50795231;
    private const int PurposeAt = 24;
    private const int MostPurposeBytes = 160;

    /// <summary>The longest payload that travels in the envelope.</summary>
    public const int MostInside = MostBytes - PurposeAt - MostPurposeBytes;

    private readonly byte[] bytes = GC.AllocateArray<byte>(MostBytes, pinned: true);
    private readonly Encoder encoder = Encoding.UTF8.GetEncoder();

    /// <summary>All of it, to receive into.</summary>
    public Span<byte> Space => bytes;

    /// <summary>How many bytes are used.</summary>
    public int Length { get; set; }

    /// <summary>What is to be sent.</summary>
    public ReadOnlySpan<byte> Used => bytes.AsSpan(0, Length);

    /// <summary>Whether this is the beginning of an exchange at all.</summary>
    public bool IsValid => Length >= PurposeAt && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == Mark && PurposeAt + PurposeLength <= Length
        && Length == PurposeAt + PurposeLength + (PayloadLength <= MostInside ? PayloadLength : 0);

    /// <summary>The number of the exchange, as the sender counts those with this partner.</summary>
    public long Number => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(8));

    /// <summary>How many bytes the sender gives.</summary>
    public int PayloadLength => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(16));

    /// <summary>How many bytes the sender expects.</summary>
    public int ExpectedLength => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(20));

    /// <summary>What the exchange is for.</summary>
    public string Purpose => Encoding.UTF8.GetString(PurposeBytes);

    /// <summary>The purpose as it travels.</summary>
    public ReadOnlySpan<byte> PurposeBytes => bytes.AsSpan(PurposeAt, PurposeLength);

    /// <summary>The payload, where it travelled in the envelope.</summary>
    public ReadOnlySpan<byte> Inside => bytes.AsSpan(PurposeAt + PurposeLength, PayloadLength);

    private int PurposeLength => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4));

    /// <summary>Writes what a rank has to say at the beginning of an exchange.</summary>
    public void Write(long number, string purpose, ReadOnlySpan<byte> payload, int expected)
    {
        encoder.Convert(purpose, bytes.AsSpan(PurposeAt, MostPurposeBytes), flush: true, out _, out int purposeLength, out _);
        encoder.Reset();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Mark);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), purposeLength);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), number);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), payload.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(20), expected);
        Length = PurposeAt + purposeLength;
        if (payload.Length <= MostInside)
        {
            payload.CopyTo(bytes.AsSpan(Length));
            Length += payload.Length;
        }
    }
}
