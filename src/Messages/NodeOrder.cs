namespace Depth3D.Messages;

/// <summary>What an operator can tell a node through the seed.</summary>
public enum NodeOrder
{
    /// <summary>Finish or checkpoint what runs, take nothing new, stay.</summary>
    Drain,

    /// <summary>Take work again.</summary>
    Undrain,

    /// <summary>Drain, then end the process.</summary>
    Leave,
}
